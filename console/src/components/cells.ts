import { type FunctionalComponent, h } from "vue";
import { t } from "../i18n";

/** What each row of a list has, as plain elements: Vuetify's buttons and chips take most of the time that a list takes. */
export const RowButton: FunctionalComponent<{ icon: string; label: string; expanded?: boolean }> = (props) =>
  h("button", { type: "button", class: "row-button", "aria-label": props.label, "aria-expanded": props.expanded }, [
    h("svg", { viewBox: "0 0 24 24", "aria-hidden": true }, h("path", { d: props.icon })),
  ]);
RowButton.props = ["icon", "label", "expanded"];

export const StatusChip: FunctionalComponent<{ status: keyof typeof t.value.status }> = ({ status }) =>
  h("span", { class: ["chip", `chip-${status}`] }, t.value.status[status]);
StatusChip.props = ["status"];
