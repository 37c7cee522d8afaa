import { mdiCheckCircle, mdiCloseCircle, mdiHelpCircle, mdiLanDisconnect } from "@mdi/js";
import { type FunctionalComponent, h, type VNode } from "vue";
import { t } from "../i18n";

/** What each row of a list has, as plain elements: Vuetify's buttons and chips take most of the time that a list takes. */
export const RowButton: FunctionalComponent<{ icon: string; label: string; expanded?: boolean }> = (props) =>
  h("button", { type: "button", class: "row-button", "aria-label": props.label, "aria-expanded": props.expanded }, [
    drawing(props.icon),
  ]);
RowButton.props = ["icon", "label", "expanded"];

export const StatusChip: FunctionalComponent<{ status: keyof typeof t.value.status }> = ({ status }) =>
  h("span", { class: ["chip", `chip-${status}`] }, t.value.status[status]);
StatusChip.props = ["status"];

const RESULT_ICONS = {
  valid: mdiCheckCircle,
  rejected: mdiCloseCircle,
  unreachable: mdiLanDisconnect,
  unknown: mdiHelpCircle,
};

/** What the last verification of a token has found out. */
export const ResultChip: FunctionalComponent<{ result: keyof typeof RESULT_ICONS }> = ({ result }) =>
  h("span", { class: ["chip", `chip-${result}`] }, [drawing(RESULT_ICONS[result]), t.value.results[result]]);
ResultChip.props = ["result"];

function drawing(icon: string): VNode {
  return h("svg", { viewBox: "0 0 24 24", "aria-hidden": true }, h("path", { d: icon }));
}
