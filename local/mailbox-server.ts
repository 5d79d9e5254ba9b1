import mailbox from 'aws-ses-v2-local';

/** Starts the mailbox. Node gives the whole module for this CommonJS package. */
export const startMailbox = mailbox.default;
