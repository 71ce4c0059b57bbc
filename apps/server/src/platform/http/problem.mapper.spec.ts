import { AppError, errorStatus } from '@countroom/contracts';
import { NotFoundException } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toProblem } from './problem.mapper.js';

describe('toProblem', () => {
  it("gives the product's own errors their status, words and faults", () => {
    const issues = [{ path: 'body.name', message: 'too short' }];
    const error = new AppError('conflict.version', 'Somebody was first; look again.', { issues });
    expect(toProblem(error, 't')).toEqual({
      status: errorStatus['conflict.version'],
      body: { code: 'conflict.version', message: 'Somebody was first; look again.', issues, traceId: 't' },
      unexpected: false,
    });
  });

  it('keeps the words of unexpected errors to the log', () => {
    const { status, body, unexpected } = toProblem(new Error('password is hush at /home/ada'), 'abc');
    expect([status, body.code, unexpected]).toEqual([500, 'internal', true]);
    expect(body.message).toContain('abc');
    expect(JSON.stringify(body)).not.toContain('hush');
    expect(toProblem('thrown text', 'abc').status).toBe(500);
  });

  it('says that the database is away', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
    expect(toProblem(error, 't')).toMatchObject({ status: 503, body: { code: 'database.unavailable' } });
  });

  it('names the place of a schema fault, and unknown routes', () => {
    const { error } = z.object({ a: z.array(z.number()) }).safeParse({ a: [1, 'x'] });
    expect(toProblem(error, 't').body.issues?.[0]?.path).toBe('a.1');
    expect(toProblem(new NotFoundException('Cannot GET /x'), 't').status).toBe(404);
  });
});
