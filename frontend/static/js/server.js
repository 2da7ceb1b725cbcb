// Requests to our own server: the CSRF token, the newsroom, JSON.

function cookie(name) {
  return document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.split("=")[1] ?? "";
}

/** @param {string} url @param {RequestInit & {json?: unknown}} [options] */
export function ask(url, { json, headers = {}, ...options } = {}) {
  return fetch(url, {
    credentials: "same-origin",
    ...options,
    headers: {
      Accept: "application/json",
      "X-CSRFToken": cookie("csrftoken") || document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "",
      "X-Newsroom": document.body.dataset.newsroom ?? "",
      ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
}
