/** For `markLine.precision`: the library rounds the place of a line to two decimals unless it is told not to. */
export const exactMarks = -1;
