import { describe, expect, it } from 'vitest';
import { PendingUrls } from './pending-urls';

describe('addresses on their way', () => {
  it('are what the next change begins with, also while the bar has gone back to an older one', () => {
    const urls = new PendingUrls();
    urls.show('/data');
    urls.write('/data?a=1');
    urls.write('/data?a=1&b=2');
    urls.show('/data?a=1');
    expect(urls.latest('/data?a=1')).toBe('/data?a=1&b=2');
    urls.show('/data?a=1&b=2');
    expect(urls.latest('/data?a=1&b=2')).toBe('/data?a=1&b=2');
  });

  it('count no longer when a link has led elsewhere', () => {
    const urls = new PendingUrls();
    urls.show('/data');
    urls.write('/data?a=1');
    expect(urls.latest('/runs')).toBe('/runs');
    urls.show('/data?c=3');
    expect(urls.latest('/data?c=3')).toBe('/data?c=3');
  });

  it('may be told of by every part of a page', () => {
    const urls = new PendingUrls();
    urls.write('/data?a=1');
    urls.write('/data?a=2');
    urls.show('/data?a=1');
    urls.show('/data?a=1');
    expect(urls.latest('/data?a=1')).toBe('/data?a=2');
  });

  it('are told of at once, so that a page never shows less than was chosen', () => {
    const urls = new PendingUrls();
    const seen: string[] = [];
    const stop = urls.watch(() => seen.push(urls.latest('/data')));
    urls.write('/data?a=1');
    urls.show('/data?a=1');
    stop();
    urls.write('/data?a=2');
    expect(seen).toEqual(['/data?a=1', '/data']);
  });
});
