import * as z from 'zod';
import { RequestId } from '../domain/requests/holder-request.js';
import { pageCursor } from './page-cursor.js';

/** Requests to the officer are listed by id, which begins with the time. */
export const requestCursor = pageCursor(z.strictObject({ id: RequestId }));
