import * as z from 'zod';
import { LINE, MAIL_ADDRESS, PASSAGE } from './limits.js';

/*
 * What many records hold. Every link of a chain is a schema of its own to make, and a start makes hundreds: what is said
 * alike in many places is made once.
 */

/** Words, whatever they are. */
export const Text = z.string().min(1);

/** A name or a reference, as it was given. */
export const Label = Text.max(LINE);

/** What names an account or a post on its network: an address, a handle, a DID. */
export const NetworkName = Text.max(2048);

/** Who serves accounts, as the domain name system knows it. */
export const HostName = Text.max(253);

/** What people enter. */
export const Entered = z.string().trim().min(1);

/** What people enter in one line: a name, a number, a reference. */
export const Line = Entered.max(LINE);

/** What people enter as a text, like a notice. */
export const Passage = Entered.max(PASSAGE);

export const MailAddress = z.email().max(MAIL_ADDRESS);

/** How many, or how far in: 0 and more. */
export const Count = z.int().nonnegative();

/** 1 and more. */
export const Positive = z.int().positive();
