/** The package with ciphers speaks like better-sqlite3, with a key more. */
declare module "better-sqlite3-multiple-ciphers" {
  import BetterSqlite from "better-sqlite3";

  namespace Ciphers {
    interface Database extends BetterSqlite.Database {
      /** Opens the file with a raw key: "raw:" and 64 hex digits. */
      key(key: Buffer): number;
      /** Writes every page anew under another key; not while there is a log. */
      rekey(key: Buffer): number;
    }
    type Statement = BetterSqlite.Statement<unknown[], unknown>;
  }
  const Ciphers: new (path: string, options?: BetterSqlite.Options) => Ciphers.Database;
  // biome-ignore lint/style/noDefaultExport: the shape of the package
  export default Ciphers;
  export type Database = Ciphers.Database;
  export type Statement = Ciphers.Statement;
}
