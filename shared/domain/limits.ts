/** What people enter in one line: a name, a number, a reference. */
export const LINE = 200;

/** What people enter as a text, like a notice. */
export const PASSAGE = 20_000;

/** An address as mail knows it (RFC 5321). */
export const MAIL_ADDRESS = 254;

/** A link as browsers and Amazon's signatures make them. */
export const LINK = 8_192;

/** An item of a table holds 400 KB at most, so no text in it is longer and no list has more entries. */
export const ITEM = 400_000;

/** An answer holds 6 MB at most (Lambda's limit), so no text in it is longer and no list has more entries. */
export const ANSWER = 6_000_000;
