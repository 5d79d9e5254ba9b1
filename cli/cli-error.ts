/** Something that the user can do something about: one sentence on what is wrong, one on what to do next. */
export class CliError extends Error {
  override readonly name = 'CliError';

  constructor(
    message: string,
    readonly next: string | null = null,
    /** Everything that is wrong, one line each. */
    readonly details: readonly string[] = [],
  ) {
    super(message);
  }
}
