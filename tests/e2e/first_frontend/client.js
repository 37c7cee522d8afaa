// The calls of the first frontend, written from the contract's table of minor 1 and nothing else.

/** A client in the manner of axios: what is not 2xx rejects, with `error.response`. */
export function create({ baseURL, headers }) {
  const request = async (method, url, data) => {
    const type = data === undefined ? {} : { "Content-Type": "application/json" };
    const answer = await fetch(baseURL + url, { method, headers: { ...headers, ...type }, body: JSON.stringify(data) });
    const response = { status: answer.status, minor: answer.headers.get("X-API-Version"), data: await answer.json() };
    if (answer.ok) return response;
    throw Object.assign(new Error(`Request failed with status code ${answer.status}`), { response });
  };
  return {
    get: (url) => request("GET", url),
    post: (url, data) => request("POST", url, data),
    delete: (url) => request("DELETE", url),
  };
}

const resource = (http, url) => ({
  list: () => http.get(url),
  stats: () => http.get(`${url}/stats`),
  create: (data) => http.post(url, data),
  read: (id) => http.get(`${url}/${id}`),
  edit: (id, data) => http.post(`${url}/${id}`, data),
  remove: (id) => http.delete(`${url}/${id}`),
});

export const resources = (http) => ({
  users: resource(http, "/v1/users"),
  teams: resource(http, "/v1/teams"),
  integrations: resource(http, "/v1/integrations"),
});
