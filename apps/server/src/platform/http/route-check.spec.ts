import { defineEndpoint, type Endpoint } from '@countroom/contracts';
import { describe, expect, it } from 'vitest';
import { type FoundRoute, routeFaults } from './route-check.js';

const endpoint = (id: string): Endpoint =>
  defineEndpoint({ id, method: 'GET', path: `/${id}`, role: 'viewer', summary: id });
const [one, two] = [endpoint('a.one'), endpoint('a.two')];
const route = (handler: string, found: Endpoint | undefined, undeclaredReason?: string): FoundRoute => ({
  handler,
  endpoint: found,
  undeclaredReason,
});

describe('routeFaults', () => {
  it('has nothing to say when each declaration has one handler', () => {
    const routes = [route('A.one', one), route('A.two', two), route('Metrics.read', undefined, 'scraped')];
    expect(routeFaults(routes, [one, two], [])).toEqual([]);
  });

  it('finds handlers without a declaration, and declarations without one handler', () => {
    const routes = [route('A.one', one), route('B.one', one), route('C.open', undefined)];
    expect(routeFaults(routes, [one, two], [])).toEqual([
      'C.open has no declared endpoint; route it with @Route(endpoints…)',
      'a.one has several handlers: A.one, B.one',
      'a.two has no handler',
    ]);
  });

  it('lets the list of missing ones only shrink', () => {
    expect(routeFaults([route('A.one', one)], [one, two], ['a.two'])).toEqual([]);
    expect(routeFaults([route('A.one', one)], [one], ['a.one', 'a.gone'])).toEqual([
      'a.one is handled by A.one; take it off the list of missing ones',
      'a.gone is listed as missing but is not declared',
    ]);
  });
});
