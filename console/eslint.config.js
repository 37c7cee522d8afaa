import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import vue from "eslint-plugin-vue";
import accessibility from "eslint-plugin-vuejs-accessibility";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["src/api/schema.ts", "src/api/limits.ts"] },
  js.configs.recommended,
  ts.configs.strict,
  vue.configs["flat/recommended"],
  accessibility.configs["flat/recommended"],
  { files: ["**/*.vue"], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    files: ["generate.js"],
    languageOptions: { globals: { process: "readonly", console: "readonly", URL: "readonly" } },
  },
  {
    rules: {
      "no-undef": "off", // the compiler knows better
      "vue/multi-word-component-names": "off", // pages are called by what they show
      "vue/require-default-prop": "off", // a prop with `?` may be missing
    },
  },
  prettier,
);
