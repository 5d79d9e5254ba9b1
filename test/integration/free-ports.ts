import { PortInUseError, refuseUsedPorts } from '../../local/ports.js';

/** The first of a run of ports that nobody listens on. Test files run beside one another, so each starts elsewhere. */
export const freePorts = async (): Promise<number> => {
  for (let base = 20_000 + (process.pid % 200) * 100; base < 60_000; base += 100) {
    try {
      await refuseUsedPorts(base);
      return base;
    } catch (error) {
      if (!(error instanceof PortInUseError)) throw error;
    }
  }
  throw new Error('No free ports');
};
