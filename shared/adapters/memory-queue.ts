import type { Queue } from '../ports.js';
import { promised } from './memory-rows.js';

/** A queue for one process; `messages` holds all that was sent, as the far side would read it. */
export const memoryQueue = <Message>(): Queue<Message> & { readonly messages: Message[] } => {
  const messages: Message[] = [];
  return {
    messages,
    send: (sent) =>
      promised(() => {
        messages.push(...structuredClone([...sent]));
      }),
  };
};
