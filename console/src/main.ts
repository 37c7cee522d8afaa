import { createApp } from "vue";
import App from "./App.vue";
import "./main.css";
import { createPages } from "./router";
import { createTheme } from "./vuetify";

createApp(App).use(createTheme()).use(createPages()).mount("#app");
