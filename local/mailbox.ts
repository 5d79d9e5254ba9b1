import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import store from 'aws-ses-v2-local/dist/store.js';

/** A mail as the mailbox keeps it. */
const StoredMail = z.looseObject({
  subject: z.string(),
  destination: z.looseObject({ to: z.array(z.string()) }),
  body: z.looseObject({ html: z.string().optional(), text: z.string().optional() }),
});
export type StoredMail = z.infer<typeof StoredMail>;

/** All mails that were sent, oldest first. */
export const mails = (): StoredMail[] => z.array(StoredMail).parse(store.getStoreReadonly().emails);

/** The mailbox lives in memory; these carry it from one start to the next. */
export const keepMailbox = (file: string): void => {
  writeFileSync(file, JSON.stringify(store.getStoreReadonly().emails));
};

export const restoreMailbox = (file: string): void => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return; // The first start: nothing was kept yet.
  }
  for (const mail of z.array(z.custom<Parameters<typeof store.saveEmail>[0]>()).parse(JSON.parse(text)))
    store.saveEmail(mail);
};
