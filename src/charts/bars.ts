import { BarChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([BarChart, ScatterChart, GridComponent, SVGRenderer]);

/** Bars beside what is usual, one under the other. Words are the caller's. */
export interface Bars {
  readonly title: string;
  readonly rows: readonly Bar[];
  /** What a bar is, and what the mark on it is: "Today", "Usual". */
  readonly legend: { readonly value: string; readonly usual: string };
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Null when nothing is known to compare with. */
  readonly usual: number | null;
}

/*
 * The house style. The picture brings its own ground, so that it reads the same on a light and on a dark page. Blue and
 * orange are told apart by everybody, and the mark has another shape beside. On a phone the picture is a third of its
 * size: 40 becomes 13.
 */
const INK = '#14324f';
const SOFT = '#5b6b7a';
const BAR = '#2f6fb0';
const MARK = '#e08214';
/** The same, dark enough for small letters. */
const MARK_TEXT = '#a85d00';
const GROUND = '#fbfaf7';
const EDGE = '#d9d5ca';
export const FONT = 'Lato';

export const WIDTH = 1_080;
const ROW = 92;
const TOP = 200;
const BOTTOM = 36;
/** Room for the labels, by the longest of them. */
const LETTER = 21;
const [LABELS_LEAST, LABELS_MOST] = [330, 460];
const RIGHT = 250;
const TEXT = 40;

/** How high the picture of so many rows is. */
function heightOf({ rows }: Bars): number {
  return TOP + rows.length * ROW + BOTTOM;
}

/** Draws it as SVG, without a browser. Texts are escaped by the renderer. */
export function barsSvg(bars: Bars): string {
  const height = heightOf(bars);
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption(optionOf(bars));
    return drawable(framed(chart.renderToSVGString(), bars, height));
  } finally {
    chart.dispose();
  }
}

function optionOf({ rows }: Bars): echarts.EChartsCoreOption {
  const most = Math.max(1, ...rows.flatMap(({ value, usual }) => [value, usual ?? 0]));
  const shown = rows.toReversed();
  const longest = Math.max(...rows.map(({ label }) => label.length)) * LETTER + 80;
  const labels = Math.min(LABELS_MOST, Math.max(LABELS_LEAST, longest));
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: labels, right: RIGHT, top: TOP, bottom: BOTTOM },
    xAxis: { type: 'value', min: 0, max: most, show: false },
    yAxis: [
      {
        ...bare(shown.map(({ label }) => label)),
        axisLabel: { color: INK, fontSize: TEXT, margin: 24, width: labels - 60, overflow: 'truncate', ellipsis: '…' },
      },
      {
        ...bare(shown.map(({ value, usual }) => (usual === null ? `{value|${value}}` : `{value|${value}}{usual|${Math.round(usual)}}`))),
        position: 'right',
        axisLabel: {
          margin: 24,
          rich: {
            value: { color: INK, fontSize: TEXT + 8, fontWeight: 700, width: 100, align: 'right' },
            usual: { color: MARK_TEXT, fontSize: TEXT, width: 90, align: 'right' },
          },
        },
      },
    ],
    series: [
      {
        type: 'bar',
        data: shown.map(({ value }) => value),
        barWidth: 52,
        itemStyle: { color: BAR, borderRadius: [0, 8, 8, 0] },
      },
      {
        type: 'scatter',
        symbol: 'diamond',
        symbolSize: 38,
        data: shown.flatMap(({ usual }, n) => (usual === null ? [] : [[usual, n]])),
        itemStyle: { color: MARK, opacity: 1, borderColor: GROUND, borderWidth: 5 },
      },
    ],
  };
}

function bare(data: readonly string[]): object {
  return { type: 'category', data, axisLine: { show: false }, axisTick: { show: false } };
}

/** Ground, title and legend: two signs, told apart by colour and by shape. */
function framed(svg: string, { title, legend, rows }: Bars, height: number): string {
  const usual = rows.some((row) => row.usual !== null);
  const head = [
    `<rect x="1.5" y="1.5" width="${WIDTH - 3}" height="${height - 3}" rx="28" fill="${GROUND}" stroke="${EDGE}" stroke-width="3"/>`,
    words(56, 84, TEXT + 6, INK, title, 700),
    `<rect x="56" y="124" width="44" height="28" rx="6" fill="${BAR}"/>`,
    words(116, 152, TEXT - 4, SOFT, legend.value),
    ...(usual ? [`<path d="M 560 117 l 21 21 l -21 21 l -21 -21 z" fill="${MARK}"/>`, words(600, 152, TEXT - 4, SOFT, legend.usual)] : []),
  ];
  // Below the bars: the chart itself has no ground.
  return svg.replace(/^(<svg[^>]*>)/, `$1${head.join('')}`);
}

function words(x: number, y: number, size: number, colour: string, text: string, weight = 400): string {
  return `<text x="${x}" y="${y}" font-family="${FONT}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(text)}</text>`;
}

// Characters no XML may hold, escaped or not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the point.
const UNDRAWABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;

function drawable(svg: string): string {
  return svg.toWellFormed().replace(UNDRAWABLE, ' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
