"""Pages like those of the news; run as a program, a server of two of them that prints its port."""

import random
import time

from tests.servers import Pages

TEXT = (
    "The railway carried 2.31 million passengers in 2023, the company said. “We did not raise fares,” said Ida Marsh."
)
WORDS = (
    "harbour council bridge report budget minister school water railway figures season market crowns auditor".split()
)


def page(number: int, *, size: int = 108_000) -> str:
    """About the median page of the news: 6,000 characters of text in a lot of markup."""
    draw = random.Random(number)
    text = [f"{TEXT} {' '.join(draw.choices(WORDS, k=40)).capitalize()} in {1990 + number % 30}." for _ in range(20)]
    links = "".join(
        f'<li class="nav-item nav-{n}"><a href="/section/{n}/{draw.choice(WORDS)}">{draw.choice(WORDS)}</a></li>'
        for n in range(150)
    )
    body = f"<nav><ul>{links}</ul></nav><article><h1>Report {number}</h1>{''.join(f'<p>{line}</p>' for line in text)}</article>"
    names = [f"{draw.choice(WORDS)}{draw.choice(WORDS).title()}" for _ in range(400)]
    filler = "".join(
        f"function {draw.choice(names)}(e){{if(!e.{draw.choice(names)})return null;window.{draw.choice(names)}=e.{draw.choice(names)}[{draw.randrange(99)}]}}"
        for _ in range(900)
    )
    head = f"<head><title>Report {number}</title><meta property='og:site_name' content='The Harbour News'></head>"
    html = f"<!doctype html><html lang='en'>{head}<body>{body}<script>{filler}</script></body></html>"
    return html[:-14] + " " * max(0, size - len(html)) + "</body></html>"


def main() -> None:
    pages = Pages()
    pages.add("/page", page(1))
    pages.add("/far", page(1), delay=0.02)
    print(pages.port, flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main()
