import { type Fields, fieldsOf, isFields, listOf } from '../json.js';
import { id } from './block-parts.js';
import { LIMITS } from './limits.js';
import { richTextFields } from './rich-text.js';
import { both, byType, type Check, flag, items, number, object, oneOf, rule, words } from './schema.js';

const cell = byType({
  raw_text: object({ text: words({ min: 1 }) }),
  raw_number: object({ value: number(), text: words({ min: 1 }) }),
  rich_text: object(richTextFields, { block_id: id }),
});

const row = items(cell, { min: 1, max: LIMITS.tableColumns });
const columnSettings = items(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag }), { max: LIMITS.tableColumns });

/** The characters somebody reads in a value, however deep. */
export function visibleLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + visibleLength(item), 0);
  if (!isFields(value)) return 0;
  return Object.entries(value).reduce((sum, [name, field]) => {
    if (typeof field === 'string') return name === 'text' || name === 'caption' || name === 'title' ? sum + field.length : sum;
    return sum + visibleLength(field);
  }, 0);
}

const notTooLong = rule((block) =>
  visibleLength(block.rows) > LIMITS.tableCharacters ? `must be less than ${LIMITS.tableCharacters + 1} characters` : undefined,
);

export const table = both(
  object({ rows: items(row, { min: 1, max: LIMITS.tableRows }) }, { block_id: id, column_settings: columnSettings }),
  notTooLong,
);

export const dataTable = both(
  object(
    {
      rows: items(row, { min: 2, max: LIMITS.dataTableRows }),
      caption: words({ min: 1 }),
    },
    {
      block_id: id,
      page_size: number({ min: 1, max: LIMITS.dataTablePage }, true),
      row_header_column_index: number({ min: 0 }, true),
    },
  ),
  notTooLong,
  rule(dataTableRule),
);

function dataTableRule(block: Fields): string | undefined {
  const rows = listOf(block.rows).map(listOf);
  const width = rows[0]?.length ?? 0;
  if (rows.some((cells) => cells.length !== width)) return 'all rows must have the same number of cells';
  if (rows[0]?.some((header) => fieldsOf(header).type === 'rich_text')) return 'header cells must not be rich_text';
  if (Number(block.row_header_column_index ?? 0) >= width) return '`row_header_column_index` must be a column';
  return undefined;
}

const label = words({ min: 1, max: LIMITS.chartLabel });
const axisTitle = words({ max: LIMITS.chartTitle });
const series = object({
  name: label,
  data: items(object({ label, value: number() }), {
    min: 1,
    max: LIMITS.chartCategories,
  }),
});
const axes = object({ categories: items(label, { min: 1, max: LIMITS.chartCategories }) }, { x_label: axisTitle, y_label: axisTitle });
const plotted = both(
  object({
    series: items(series, { min: 1, max: LIMITS.chartSeries }),
    axis_config: axes,
  }),
  rule(everyCategory),
);

/** Names are unique, and every series has each category once. */
function everyCategory(chart: Fields): string | undefined {
  const all = listOf(chart.series).map(fieldsOf);
  const categories = [...listOf(fieldsOf(chart.axis_config).categories)].map(String).sort().join('\n');
  if (new Set(all.map((one) => one.name)).size !== all.length) return 'series names must be unique';
  const complete = all.every((one) => {
    const labels = listOf(one.data).map((point) => String(fieldsOf(point).label));
    return labels.sort().join('\n') === categories;
  });
  return complete ? undefined : 'every series must have every category';
}

const pie = object({
  segments: items(object({ label, value: positive() }), {
    min: 1,
    max: LIMITS.chartSeries,
  }),
});

function positive(): Check {
  return number({ min: Number.MIN_VALUE });
}

export const chart = object(
  {
    title: words({ min: 1, max: LIMITS.chartTitle }),
    chart: byType({ pie, bar: plotted, line: plotted, area: plotted }),
  },
  { block_id: id },
);
