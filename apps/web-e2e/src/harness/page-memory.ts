import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** What a page holds. */
export interface PageMemory {
  /** Live objects of JavaScript after a collection, bytes. */
  readonly heapBytes: number;
  /** Memory of the browser's processes that show pages, with buffers and pictures, bytes. */
  readonly residentBytes: number;
  /** Nodes of the document and those that scripts hold. */
  readonly nodes: number;
}

/** Collects garbage, then counts. */
export async function memoryOf(page: Page): Promise<PageMemory> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return {
    heapBytes: metric('JSHeapUsedSize'),
    residentBytes: await residentBytes(page),
    nodes: metric('Nodes'),
  };
}

async function residentBytes(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  if (session === undefined) return Number.NaN;
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1])
    .reduce((sum, kilobytes) => sum + 1024 * Number(kilobytes), 0);
}
