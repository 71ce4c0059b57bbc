import type { CreateConsumer } from '../core/consumers/consumer-module.api.js';

/* A consumer for benchmarks: looks at one sample of each channel of every event and counts gaps in the numbers. */
const createConsumer: CreateConsumer = (context) => {
  let last = 0n;
  let sum = 0;
  return {
    event: (event) => {
      if (event.number !== last + 1n) context.count('gaps');
      last = event.number;
      for (const { counts } of event.channels) sum += counts[100]!;
      return undefined;
    },
    end: () => context.value('sum', sum),
  };
};
export default createConsumer;
