/** Where to go after signing in: a path of this origin, else the control room. */
export function nextPath(asked: string | null): string {
  if (asked === null || !/^\/(?![/\\])/.test(asked)) return '/control-room';
  return asked;
}
