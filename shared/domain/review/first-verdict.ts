import * as z from 'zod';

/** What somebody does, would do or should do at the first look. */
export const FirstVerdict = z.enum(['dismiss', 'pursue']);
export type FirstVerdict = z.infer<typeof FirstVerdict>;
