/**
 * The visitor's devices among the settings. It comes with the element that it draws: one that is drawn
 * before its code is there stays empty, because the chat's frame cannot bring it to life afterwards.
 */
import { type TemplateResult, html } from 'lit';
import '../../ui/devices/comptoir-devices.ts';
import type { PanelContext } from '../screen/panel-context.ts';

/** @param code a linking code that came with the page's address; empty for none */
export const deviceList = (
  { state, common, devices }: PanelContext,
  code: string,
): TemplateResult =>
  html`<comptoir-devices
    locale=${common.lang}
    code=${code}
    .devices=${state.devices}
    .acts=${devices}
  ></comptoir-devices>`;
