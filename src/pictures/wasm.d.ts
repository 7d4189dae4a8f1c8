/** esbuild inlines codecs as bytes (loader "binary"). */
declare module "*.wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  // biome-ignore lint/style/noDefaultExport: the shape that the bundler gives
  export default bytes;
}
