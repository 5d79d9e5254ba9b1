import chromium from '@sparticuz/chromium';
import { chromium as driver, type Browser } from 'playwright-core';

/** What a run has not shown where no browser starts. */
export const WITHOUT_BROWSER =
  'Not shown: the console in a browser, since the Chromium of @sparticuz/chromium does not start here.';

/** A browser without a window; `null` where this machine lacks what it needs. */
export const startBrowser = async (): Promise<Browser | null> => {
  try {
    // Its own arguments, made for Lambda, put all pages into one process, which ends with the first that is closed.
    const args = chromium.args.filter((arg) => !['--single-process', '--no-zygote'].includes(arg));
    return await driver.launch({ executablePath: await chromium.executablePath(), args });
  } catch {
    return null;
  }
};
