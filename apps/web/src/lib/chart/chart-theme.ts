import type { Tokens } from '../theme/tokens';

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';

/** ECharts theme made from the same tokens as the pages. */
export function chartTheme(tokens: Tokens): object {
  const axis = {
    axisLine: { show: true, onZero: false, lineStyle: { color: tokens.strongBorder } },
    axisTick: { show: true, lineStyle: { color: tokens.strongBorder } },
    axisLabel: { color: tokens.dim, fontFamily: font, fontSize: 11, hideOverlap: true },
    nameTextStyle: { color: tokens.dim, fontFamily: font, fontSize: 11 },
    splitLine: { show: true, lineStyle: { color: [tokens.gridLine] } },
    minorSplitLine: { show: false },
  };
  return {
    color: tokens.series,
    backgroundColor: 'transparent',
    textStyle: { color: tokens.text, fontFamily: font },
    legend: {
      textStyle: { color: tokens.text, fontSize: 12 },
      inactiveColor: tokens.stale,
      pageIconColor: tokens.accent,
      pageIconInactiveColor: tokens.stale,
      pageTextStyle: { color: tokens.dim },
    },
    axisPointer: { lineStyle: { color: tokens.strongBorder }, label: { show: false } },
    line: { lineStyle: { width: 1.2 }, symbol: 'none', showSymbol: false },
    valueAxis: axis,
    logAxis: axis,
    categoryAxis: axis,
    timeAxis: axis,
  };
}
