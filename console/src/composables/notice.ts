import { ref } from "vue";

/** What has just been done, for the bar at the bottom of every page. */
export const said = ref("");
