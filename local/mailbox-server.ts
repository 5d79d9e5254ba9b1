import mailbox from 'aws-ses-v2-local';

/** Starts the mailbox. Node gives the whole module for this CommonJS package, vitest gives its default export. */
export const startMailbox = typeof mailbox === 'function' ? mailbox : mailbox.default;
