import { PortInUseError, refuseUsedPorts } from '../../local/ports.js';

/**
 * The first of a run of ports that nobody listens on, below those that the system gives out by itself (32768 and up on
 * Linux). Test files run beside one another, so each starts elsewhere.
 */
export const freePorts = async (): Promise<number> => {
  for (let base = 10_000 + (process.pid % 200) * 100; base < 32_000; base += 100) {
    try {
      await refuseUsedPorts(base);
      return base;
    } catch (error) {
      if (!(error instanceof PortInUseError)) throw error;
    }
  }
  throw new Error('No free ports');
};
