import { type Config, enums, type PartialConfig } from "openpgp";

/**
 * Where the library's own choices would not do. GCM is native and OCB is not (a hundred times slower); what is unpacked has an
 * end; Argon2 is bounded, so that nobody makes this node calculate for minutes.
 */
export const config: PartialConfig = {
  aeadProtect: true,
  preferredAEADAlgorithm: enums.aead.gcm,
  preferredCompressionAlgorithm: enums.compression.uncompressed,
  maxDecompressedMessageSize: 1024 * 1024,
  maxArgon2MemoryExponent: 16,
  allowUnauthenticatedMessages: false,
  ignoreUnsupportedPackets: true,
  showVersion: false,
  showComment: false,
} satisfies Partial<Config>;

/** Of keys that are made now: version 6 (RFC 9580), or 4, which GnuPG reads. */
export const configFor = (version: 4 | 6): PartialConfig => ({ ...config, v6Keys: version === 6 });
