import * as z from 'zod';
import store from 'aws-ses-v2-local/dist/store.js';
import { keep, readKept } from './state.js';

/** A mail as the mailbox keeps it. */
const StoredMail = z.object({
  messageId: z.string(),
  from: z.string(),
  replyTo: z.array(z.string()),
  destination: z.object({ to: z.array(z.string()), cc: z.array(z.string()), bcc: z.array(z.string()) }),
  subject: z.string(),
  body: z.object({ html: z.string().optional(), text: z.string().optional() }),
  attachments: z.array(
    z.object({
      content: z.string(),
      contentType: z.string(),
      filename: z.string().optional(),
      size: z.number(),
    }),
  ),
  headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  at: z.number(),
});
export type StoredMail = z.infer<typeof StoredMail>;

/** All mails that were sent, oldest first. */
export const mails = (): StoredMail[] => z.array(StoredMail).parse(store.getStoreReadonly().emails);

/** The mailing that a mail is, as its header says; `null` for a mail of somebody else. */
export const mailingOf = ({ headers = [] }: StoredMail): string | null =>
  headers.find(({ name }) => name.toLowerCase() === 'x-netral-mailing')?.value ?? null;

/** The mailbox lives in memory; these carry it from one start to the next. */
export const keepMailbox = (file: string): void => {
  keep(file, mails());
};

/** What was kept, to be put back into the mailbox once it runs. */
export const readMailbox = (file: string): readonly StoredMail[] => readKept(file, z.array(StoredMail)) ?? [];

export const restoreMailbox = (kept: readonly StoredMail[]): void => {
  for (const mail of kept) store.saveEmail(mail);
};
