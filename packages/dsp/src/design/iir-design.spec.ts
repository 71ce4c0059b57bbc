import { describe, expect, it } from 'vitest';
import { designIir, designResonator, type IirRequest } from './iir-design.js';

interface Expected {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

/** From scipy.signal.iirfilter 1.17.1, whose numerator b is our a. */
const designs: readonly (Expected & { readonly request: IirRequest })[] = [
  {
    request: { type: 'butter', band: 'lowpass', order: 4, edges: [0.2], ripple: { pass: 1, stop: 40 } },
    a: [
      0.004824343357716228, 0.019297373430864913, 0.02894606014629737, 0.019297373430864913,
      0.004824343357716228,
    ],
    b: [1.0, -2.369513007182038, 2.313988414415881, -1.054665405878568, 0.18737949236818502],
  },
  {
    request: { type: 'butter', band: 'bandpass', order: 3, edges: [0.1, 0.3], ripple: { pass: 1, stop: 40 } },
    a: [
      0.018098933007514438, 0.0, -0.054296799022543314, 0.0, 0.054296799022543314, 0.0, -0.018098933007514438,
    ],
    b: [
      1.0, -4.049133473303481, 7.333968416898271, -7.604997716929629, 4.771988881571717, -1.7158247906650477,
      0.2780599176345464,
    ],
  },
  {
    request: { type: 'cheby1', band: 'highpass', order: 5, edges: [0.25], ripple: { pass: 1, stop: 40 } },
    a: [
      0.17794186892772929, -0.8897093446386464, 1.7794186892772927, -1.7794186892772927, 0.8897093446386464,
      -0.17794186892772929,
    ],
    b: [
      1.0, -1.7949529300444538, 1.9005571153498966, -0.8492984911534716, 0.2291484920123822,
      0.07981722287286616,
    ],
  },
  {
    request: {
      type: 'cheby1',
      band: 'bandstop',
      order: 2,
      edges: [0.1, 0.3],
      ripple: { pass: 0.5, stop: 40 },
    },
    a: [0.6865204735560836, -2.335956783122831, 3.3601244729510333, -2.33595678312283, 0.6865204735560835],
    b: [1.0, -2.852342165160901, 3.4579549453303606, -2.0963996835911303, 0.5556681577519138],
  },
  {
    request: { type: 'cheby2', band: 'lowpass', order: 4, edges: [0.4], ripple: { pass: 1, stop: 30 } },
    a: [
      0.06749365754371303, 0.044529064424511884, 0.09898403297988559, 0.044529064424511884,
      0.06749365754371305,
    ],
    b: [1.0, -1.6203535622932628, 1.3662899249509182, -0.5094108782339454, 0.08650399249262561],
  },
  {
    request: { type: 'cheby2', band: 'bandstop', order: 3, edges: [0.2, 0.6], ripple: { pass: 1, stop: 50 } },
    a: [
      0.02458021648867891, -0.045681606107799276, 0.07668457907321811, -0.0779112164095437,
      0.07668457907321813, -0.04568160610779928, 0.02458021648867891,
    ],
    b: [
      1.0, -0.4657333165644786, -1.686646625480412, 0.43117588833834, 1.1736121118947302,
      -0.13471700039900275, -0.28443589529052365,
    ],
  },
  {
    request: { type: 'ellip', band: 'lowpass', order: 1, edges: [0.3], ripple: { pass: 1, stop: 40 } },
    a: [0.5003330360576762, 0.5003330360576762],
    b: [1.0, 0.0006660721153524415],
  },
  {
    request: { type: 'ellip', band: 'lowpass', order: 5, edges: [0.3], ripple: { pass: 0.5, stop: 60 } },
    a: [
      0.010281247134190518, 0.01640786197342088, 0.02584340642229712, 0.02584340642229712,
      0.016407861973420878, 0.010281247134190515,
    ],
    b: [
      1.0, -2.9324278418780425, 4.239274899615511, -3.4748043943834146, 1.608548716341348,
      -0.3355263486355857,
    ],
  },
  {
    request: { type: 'ellip', band: 'bandpass', order: 4, edges: [0.2, 0.5], ripple: { pass: 1, stop: 40 } },
    a: [
      0.03530677027468093, -0.06004869805711431, 0.027968280506056035, -0.04252920194313624,
      0.08323042017550814, -0.04252920194313638, 0.027968280506056094, -0.060048698057114304,
      0.03530677027468093,
    ],
    b: [
      1.0, -3.2207069475877645, 6.381425544501171, -8.643100541175837, 9.032159131522263, -7.000605611994746,
      4.14866593757747, -1.6511668992917596, 0.41580156009729424,
    ],
  },
  {
    request: { type: 'bessel', band: 'lowpass', order: 1, edges: [0.5], ripple: { pass: 1, stop: 40 } },
    a: [0.5, 0.5],
    b: [1.0, -1.6653345369377353e-16],
  },
  {
    request: { type: 'bessel', band: 'lowpass', order: 7, edges: [0.15], ripple: { pass: 1, stop: 40 } },
    a: [
      1.3749955265934902e-5, 9.624968686154432e-5, 0.00028874906058463294, 0.00048124843430772155,
      0.00048124843430772155, 0.00028874906058463294, 9.624968686154432e-5, 1.3749955265934902e-5,
    ],
    b: [
      1.0, -4.672700645961702, 9.549250156677907, -11.040593057057144, 7.785665494836245, -3.343719906044697,
      0.808748204027128, -0.08489025220369745,
    ],
  },
  {
    request: { type: 'bessel', band: 'highpass', order: 4, edges: [0.6], ripple: { pass: 1, stop: 40 } },
    a: [
      0.03927764126749343, -0.15711056506997373, 0.2356658476049606, -0.15711056506997373,
      0.03927764126749343,
    ],
    b: [1.0, 0.7005030554063654, 0.42789775627580084, 0.11296969427337666, 0.014017253683834953],
  },
];

/** From scipy.signal.iirnotch and iirpeak 1.17.1. */
const resonators = [
  {
    kind: 'notch',
    frequency: 0.15,
    width: 0.02,
    a: [0.9695312529087462, -1.727717343492431, 0.9695312529087462],
    b: [1.0, -1.727717343492431, 0.9390625058174924],
  },
  {
    kind: 'peak',
    frequency: 0.6,
    width: 0.1,
    a: [0.1367287359973195, 0.0, -0.1367287359973195],
    b: [1.0, 0.53353098266474, 0.726542528005361],
  },
] as const;

function expectSame(found: readonly number[], expected: readonly number[]): void {
  const largest = Math.max(...expected.map(Math.abs));
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!) / largest).toBeLessThan(1e-11);
  });
}

describe('designs of recursive filters', () => {
  it.each(designs)(
    '$request.type $request.band of order $request.order is that of scipy',
    ({ request, a, b }) => {
      const found = designIir(request);
      expectSame(found.a, a);
      expectSame(found.b, b);
    },
  );

  it.each(resonators)('$kind at $frequency is that of scipy', ({ kind, frequency, width, a, b }) => {
    const found = designResonator(kind, frequency, width);
    expectSame(found.a, a);
    expectSame(found.b, b);
  });

  it.each(['butter', 'cheby1', 'cheby2', 'ellip', 'bessel'] as const)(
    '%s passes a constant unchanged',
    (type) => {
      const ripple = { pass: 1, stop: 40 };
      const { a, b } = designIir({ type, band: 'lowpass', order: 5, edges: [0.3], ripple });
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
      expect(sum(a) / sum(b)).toBeCloseTo(1, 10);
    },
  );
});
