import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { useBench } from './harness/test.js';

const bench = useBench();

/** That pages ask no other origin is checked after every test; this is for what could be slipped into a page. */
describe('the content policy', () => {
  it('keeps a page from other origins, and the tests notice the try', async () => {
    let visits = 0;
    const elsewhere = createServer((_request, response) => {
      visits++;
      response.setHeader('access-control-allow-origin', '*').end('here');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    try {
      const watched = await bench.page();
      await watched.goto('/runs', 'Runs');
      const outcome = await watched.page.evaluate(async (url) => {
        const image = new Image();
        const loaded = new Promise((resolve) => {
          image.onload = () => resolve('loaded');
          image.onerror = () => resolve('refused');
        });
        image.src = `${url}/image`;
        const markup = document.createElement('div');
        markup.innerHTML = '<img src="data:," onerror="globalThis.slippedIn = true">';
        document.body.append(markup);
        await new Promise((resolve) => markup.firstElementChild?.addEventListener('error', resolve));
        const asked = fetch(`${url}/data`).then(
          () => 'sent',
          () => 'refused',
        );
        return { image: await loaded, asked: await asked, markup: 'slippedIn' in globalThis };
      }, address);
      expect(outcome).toEqual({ image: 'refused', asked: 'refused', markup: false });
      expect(visits).toBe(0);
      expect(watched.unexpected().filter((fault) => fault.includes('Content Security Policy'))).not.toEqual(
        [],
      );
      watched.expectFaults(/Content Security Policy/, new RegExp(`outside request: ${address}`));
    } finally {
      elsewhere.close();
    }
  });

  it('has every answer say what a browser may do with it', async () => {
    for (const path of ['/login', '/api/v1/session', '/control-room']) {
      const { headers } = await fetch(`${bench.address}${path}`);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('content-security-policy'), path).toMatch(/default-src '(self|none)'/);
      expect(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
    }
  });
});
