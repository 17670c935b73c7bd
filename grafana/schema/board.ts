// The boards as Grafana's own published types have them, with the options of each kind of panel that
// is used. `npm run schema` derives board.schema.json from this file; the tests hold every board
// against it, without Node.
import type {
  AnnotationQuery,
  Dashboard,
  FieldConfig,
  FieldConfigSource,
  Panel,
  RowPanel,
} from '@grafana/schema/dist/types/raw/dashboard/x/types.gen';
import type { Options as BarGauge } from '@grafana/schema/dist/types/raw/composable/bargauge/panelcfg/x/types.gen';
import type { Options as Heatmap } from '@grafana/schema/dist/types/raw/composable/heatmap/panelcfg/x/types.gen';
import type { Options as Stat } from '@grafana/schema/dist/types/raw/composable/stat/panelcfg/x/types.gen';
import type {
  FieldConfig as StateTimelineField,
  Options as StateTimeline,
} from '@grafana/schema/dist/types/raw/composable/statetimeline/panelcfg/x/types.gen';
import type {
  FieldConfig as TableField,
  Options as Table,
} from '@grafana/schema/dist/types/raw/composable/table/panelcfg/x/types.gen';
import type {
  FieldConfig as TimeSeriesField,
  Options as TimeSeries,
} from '@grafana/schema/dist/types/raw/composable/timeseries/panelcfg/x/types.gen';

type Defaults<Custom> = Omit<FieldConfig, 'custom'> & { custom: Custom };

type Shaped<Type extends string, Options, Custom> = Omit<
  Panel,
  'type' | 'options' | 'fieldConfig'
> & {
  type: Type;
  title: string;
  description: string;
  options: Options;
  fieldConfig: Omit<FieldConfigSource, 'defaults'> & { defaults: Defaults<Custom> };
};

type Empty = Record<string, never>;

export type BoardPanel =
  | Shaped<'stat', Stat, Empty>
  | Shaped<'bargauge', BarGauge, Empty>
  | Shaped<'timeseries', TimeSeries, Partial<TimeSeriesField>>
  | Shaped<'table', Partial<Table>, Partial<TableField>>
  | Shaped<'heatmap', Heatmap, Empty>
  | Shaped<'state-timeline', StateTimeline, Partial<StateTimelineField>>
  | RowPanel;

// What the data sources read beside the published fields of an annotation.
type BoardAnnotation = AnnotationQuery & {
  expr?: string;
  step?: string;
  titleFormat?: string;
  textFormat?: string;
  rawQuery?: string;
};

export interface Board extends Omit<Dashboard, 'panels' | 'annotations'> {
  annotations: { list: BoardAnnotation[] };
  panels: BoardPanel[];
}
