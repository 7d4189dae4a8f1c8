/** `npm start`: makes everything ready, starts TSSOP and opens the owner's page. */
import "./tssop.mjs";
