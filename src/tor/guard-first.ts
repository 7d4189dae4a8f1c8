/** Import this before anything else in every entry point: a module that ran earlier could hold unguarded functions. */
import { installGuard } from "./guard.ts";

installGuard();
