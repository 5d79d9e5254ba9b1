/** Why an archive is not read. Nothing of it has left the machine, and nothing was written. */
export const REFUSALS = [
  'missing',
  'folder',
  'empty',
  'picture',
  'other-packing',
  'bare-data',
  'not-an-archive',
  'damaged',
  'encrypted',
  'path-trick',
  'too-many-files',
  'bomb',
  'nested',
  'unknown-network',
  'other-network',
  'several-networks',
  'several-archives',
  'other-format',
  'other-language',
  'without-posts',
  'unreadable',
  'private-account',
  'too-many-posts',
] as const;
export type RefusalKind = (typeof REFUSALS)[number];

/** An archive that is not what it should be. `about` is a name in it, or of the network, where that helps. */
export class ArchiveRefusal extends Error {
  override readonly name = 'ArchiveRefusal';

  constructor(
    readonly kind: RefusalKind,
    readonly about: string = '',
    options?: ErrorOptions,
  ) {
    super(kind, options);
  }
}
