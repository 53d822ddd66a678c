import type { PanelId } from '../../store/console-state.ts';
import { layerPanel } from './layer/layer-panel.ts';
import type { Panel } from './panel.ts';
import { pathPanel } from './path/path-panel.ts';
import { picturePanel } from './picture/picture-panel.ts';
import { verdictPanel } from './verdict/verdict-panel.ts';

/** A panel is one entry here; the order is that of the tab key. */
export const PANELS: Readonly<Record<PanelId, Panel>> = {
  verdict: verdictPanel,
  path: pathPanel,
  picture: picturePanel,
  application: layerPanel('application'),
  transport: layerPanel('transport'),
  internet: layerPanel('internet'),
  'network-access': layerPanel('network-access'),
};

export const PANEL_IDS = Object.keys(PANELS) as readonly PanelId[];
