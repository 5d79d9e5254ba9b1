import { instant } from '../domain/time.js';
import type { Clock } from '../ports.js';

export const systemClock: Clock = () => instant(new Date());
