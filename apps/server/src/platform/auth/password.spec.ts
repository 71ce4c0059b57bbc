import { describe, expect, it } from 'vitest';
import { hashPassword, isOutdated, verifyPassword } from './password.js';

describe('passwords', () => {
  it('are recognised by their hash, which is never the same twice', async () => {
    const [one, two] = await Promise.all([hashPassword('Gerät 228 läuft'), hashPassword('Gerät 228 läuft')]);
    expect(one).not.toBe(two);
    expect(await verifyPassword('Gerät 228 läuft', one)).toBe(true);
    // The same letters, typed on another system as letter and accent.
    expect(await verifyPassword('Gerät 228 läuft'.normalize('NFD'), one)).toBe(true);
    expect(await verifyPassword('Gerät 229 läuft', one)).toBe(false);
    expect(isOutdated(one)).toBe(false);
  });

  it('are recognised by a hash made at another cost, which is then outdated', async () => {
    const old = 'scrypt$14$8$1$c2FsdHNhbHRzYWx0c2FsdA==$Uu1w7iLxJ7RAmlpbM9YAKxdxL9hSXUcKeQLFYhmvfIA=';
    expect(isOutdated(old)).toBe(true);
    expect(await verifyPassword('anything', old)).toBe(false);
  });

  it('are wrong for no hash and for one that cannot be read', async () => {
    for (const hash of [null, '', 'plain', 'scrypt$15$8$3$$', 'bcrypt$1$2$3$4$5'])
      expect(await verifyPassword('', hash)).toBe(false);
  });
});
