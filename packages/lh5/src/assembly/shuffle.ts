/** The bytes with even and with odd numbers of two vectors. */
function even(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}

function odd(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

/** The bytes of two vectors in turns, of their lower and of their higher halves. */
function low(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

function high(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** 16 elements at a time; returns how many elements are done. */
function shuffle2(n: i32, from: usize, to: usize): i32 {
  const done = n & ~15;
  for (let i = 0; i < done; i += 16) {
    const p = from + ((<usize>i) << 1);
    const a = v128.load(p);
    const b = v128.load(p, 16);
    v128.store(to + i, even(a, b));
    v128.store(to + n + i, odd(a, b));
  }
  return done;
}

function shuffle4(n: i32, from: usize, to: usize): i32 {
  const done = n & ~15;
  for (let i = 0; i < done; i += 16) {
    const p = from + ((<usize>i) << 2);
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(p, 32);
    const d = v128.load(p, 48);
    const e = even(a, b);
    const f = even(c, d);
    const g = odd(a, b);
    const h = odd(c, d);
    v128.store(to + i, even(e, f));
    v128.store(to + n + i, even(g, h));
    v128.store(to + 2 * n + i, odd(e, f));
    v128.store(to + 3 * n + i, odd(g, h));
  }
  return done;
}

/** Bytes b and b + 4 of 16 elements of eight bytes, from two vectors of every fourth byte. */
function split(n: i32, b: i32, first: v128, second: v128, to: usize): void {
  v128.store(to + <usize>(b * n), even(first, second));
  v128.store(to + <usize>((b + 4) * n), odd(first, second));
}

function shuffle8(n: i32, from: usize, to: usize): i32 {
  const done = n & ~15;
  for (let i = 0; i < done; i += 16) {
    const p = from + ((<usize>i) << 3);
    const q = to + i;
    const a = v128.load(p);
    const b = v128.load(p, 16);
    const c = v128.load(p, 32);
    const d = v128.load(p, 48);
    const e = v128.load(p, 64);
    const f = v128.load(p, 80);
    const g = v128.load(p, 96);
    const h = v128.load(p, 112);
    const ab = even(a, b);
    const cd = even(c, d);
    const ef = even(e, f);
    const gh = even(g, h);
    split(n, 0, even(ab, cd), even(ef, gh), q);
    split(n, 2, odd(ab, cd), odd(ef, gh), q);
    const ab1 = odd(a, b);
    const cd1 = odd(c, d);
    const ef1 = odd(e, f);
    const gh1 = odd(g, h);
    split(n, 1, even(ab1, cd1), even(ef1, gh1), q);
    split(n, 3, odd(ab1, cd1), odd(ef1, gh1), q);
  }
  return done;
}

function unshuffle2(n: i32, from: usize, to: usize): i32 {
  const done = n & ~15;
  for (let i = 0; i < done; i += 16) {
    const a = v128.load(from + i);
    const b = v128.load(from + n + i);
    const q = to + ((<usize>i) << 1);
    v128.store(q, low(a, b));
    v128.store(q, high(a, b), 16);
  }
  return done;
}

/** 16 elements of four bytes each from their four bytes. */
function weave(a: v128, b: v128, c: v128, d: v128, to: usize): void {
  const ac = low(a, c);
  const bd = low(b, d);
  v128.store(to, low(ac, bd));
  v128.store(to, high(ac, bd), 16);
  const ac2 = high(a, c);
  const bd2 = high(b, d);
  v128.store(to, low(ac2, bd2), 32);
  v128.store(to, high(ac2, bd2), 48);
}

function unshuffle4(n: i32, from: usize, to: usize): i32 {
  const done = n & ~15;
  for (let i = 0; i < done; i += 16) {
    const p = from + i;
    weave(v128.load(p), v128.load(p + n), v128.load(p + 2 * n), v128.load(p + 3 * n), to + ((<usize>i) << 2));
  }
  return done;
}

/** 8 elements of eight bytes each: the bytes with even and with odd numbers of four elements in each vector. */
function mix(even0: v128, odd0: v128, even1: v128, odd1: v128, to: usize): void {
  v128.store(to, low(even0, odd0));
  v128.store(to, high(even0, odd0), 16);
  v128.store(to, low(even1, odd1), 32);
  v128.store(to, high(even1, odd1), 48);
}

function unshuffle8(n: i32, from: usize, to: usize): i32 {
  const done = n & ~15;
  for (let i = 0; i < done; i += 16) {
    const p = from + i;
    const a = v128.load(p);
    const b = v128.load(p + n);
    const c = v128.load(p + 2 * n);
    const d = v128.load(p + 3 * n);
    const e = v128.load(p + 4 * n);
    const f = v128.load(p + 5 * n);
    const g = v128.load(p + 6 * n);
    const h = v128.load(p + 7 * n);
    const q = to + ((<usize>i) << 3);
    const ae = low(a, e);
    const cg = low(c, g);
    const bf = low(b, f);
    const dh = low(d, h);
    mix(low(ae, cg), low(bf, dh), high(ae, cg), high(bf, dh), q);
    const ae1 = high(a, e);
    const cg1 = high(c, g);
    const bf1 = high(b, f);
    const dh1 = high(d, h);
    mix(low(ae1, cg1), low(bf1, dh1), high(ae1, cg1), high(bf1, dh1), q + 64);
  }
  return done;
}

/** Puts the first bytes of n elements of `size` bytes together, then the second ones and so on. */
export function shuffle(n: i32, size: i32, from: usize, to: usize): void {
  let start = 0;
  if (size == 2) start = shuffle2(n, from, to);
  else if (size == 4) start = shuffle4(n, from, to);
  else if (size == 8) start = shuffle8(n, from, to);
  for (let b = 0; b < size; b++) {
    let p = from + <usize>(start * size + b);
    for (let i = start; i < n; i++, p += size) store<u8>(to + <usize>(b * n + i), load<u8>(p));
  }
}

/** Undoes shuffle. */
export function unshuffle(n: i32, size: i32, from: usize, to: usize): void {
  let start = 0;
  if (size == 2) start = unshuffle2(n, from, to);
  else if (size == 4) start = unshuffle4(n, from, to);
  else if (size == 8) start = unshuffle8(n, from, to);
  for (let b = 0; b < size; b++) {
    let q = to + <usize>(start * size + b);
    for (let i = start; i < n; i++, q += size) store<u8>(q, load<u8>(from + <usize>(b * n + i)));
  }
}
