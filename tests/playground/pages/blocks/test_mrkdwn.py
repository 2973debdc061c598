"""Slack's markup: what it makes of a text, and that no text makes anything else."""

from html import escape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from slackapp.playground.pages.blocks import mrkdwn_html
from slackapp.playground.pages.blocks.gallery import READER
from slackapp.playground.pages.blocks.markdown import markdown_html
from slackapp.playground.pages.blocks.rich_text import rich_text_html
from slackapp.playground.pages.blocks.texts import plain_html
from tests.playground.pages.blocks.dom import harmless, read

#: Everything that means something to Slack, to Markdown, or to a browser.
MARKS = [
    *(
        "*",
        "_",
        "~",
        "`",
        "```",
        ">",
        "&gt;",
        ">>>",
        "<",
        "|",
        "&amp;",
        "&lt;",
        "&",
        ":",
        "\n",
        " ",
        "-",
        "1. ",
    ),
    *(
        "<@U0MARA>",
        "<#C0ONBOARD|x>",
        "<!here>",
        "<!date^1^{date_pretty}^https://a.b|then>",
        "<!date^9e99^{time}|x>",
    ),
    *(
        "<https://a.b|c>",
        "<javascript:alert(1)|x>",
        "<JavaScript:alert(1)>",
        "<data:text/html,x>",
        "https://a.b/?c",
    ),
    *(
        "<mailto:a@b.c|d>",
        "<!subteam^S1>",
        "<!",
        "<@>",
        "<#>",
        "<|x>",
        ":tada:",
        ":wave::skin-tone-3:",
        "#",
        "|",
        "[",
    ),
    *(
        "](javascript:alert(1))",
        "![x](https://a.b)",
        "<script>",
        "</script>",
        "<b onclick=x>",
        '"',
        "'",
        "\ud800",
    ),
    *("\x00", "\u202e", "https://", "http://<", "word", "<!date^", "^", "<https://[::1|x>", "https://[a"),
]
TEXTS = st.lists(st.sampled_from(MARKS) | st.text(max_size=6), max_size=14).map("".join)


def shown(text: str) -> str:
    """The HTML, short: links and mentions without their attributes."""
    html = str(mrkdwn_html(text, READER))
    for long, short in (
        (' target="_blank" rel="noopener noreferrer"', ""),
        (' class="b-code"', ""),
        (' class="b-code-block"', ""),
        (' class="b-quote"', ""),
    ):
        html = html.replace(long, short)
    return html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _italic_ ~struck~ `code`", "<b>bold</b> <i>italic</i> <s>struck</s> <code>code</code>"),
        ("*bold, _both_*", "<b>bold, <i>both</i></b>"),
        ("_*both*_", "<i><b>both</b></i>"),
        ("(*bold*), *bold*.", "(<b>bold</b>), <b>bold</b>."),
        # Emphasis begins and ends at the edge of a word, and never crosses a line.
        ("snake_case_name 2*3*4 a~b~c", "snake_case_name 2*3*4 a~b~c"),
        ("* no * *no *", "* no * *no *"),
        ("*no\nno*", "*no<br>no*"),
        ("**no** __no__ ~~no~~", "**no** __no__ ~~no~~"),
        ("*a _b* c_", "<b>a _b</b> c_"),
        ("*left open, _closed_", "*left open, <i>closed</i>"),
        ("*`no *bold* here`*", "<b><code>no *bold* here</code></b>"),
        ("`&lt;b&gt; :tada: <https://a.b|c>`", '<code>&lt;b&gt; :tada: <a href="https://a.b">c</a></code>'),
        ("``", "``"),
        ("> a\n> b\nc", "<blockquote>a<br>b</blockquote>c"),
        ("&gt; a", "<blockquote>a</blockquote>"),
        ("a\n>>> b\n> c\nd", "a<blockquote>b<br>&gt; c<br>d</blockquote>"),
        ("a > b", "a &gt; b"),
        ("a\n```\nb *c*\n  d\n```\ne", "a<pre>b *c*\n  d</pre>e"),
        ("```one``` two", "<pre>one</pre> two"),
        ("```never closed", "```never closed"),
        ("- a\n• b\n1. c", "- a<br>• b<br>1. c"),
        ("a\n\nb", "a<br><br>b"),
        ("<https://a.b/?c=1&amp;d=2|e &lt;f&gt;>", '<a href="https://a.b/?c=1&amp;d=2">e &lt;f&gt;</a>'),
        ("<https://a.b>", '<a href="https://a.b">https://a.b</a>'),
        ("*<https://a.b|c>*", '<b><a href="https://a.b">c</a></b>'),
        ("see https://a.b/c_d_e, or", 'see <a href="https://a.b/c_d_e">https://a.b/c_d_e</a>, or'),
        ("(https://a.b).", '(<a href="https://a.b">https://a.b</a>).'),
        ("*https://a.b*", '<b><a href="https://a.b">https://a.b</a></b>'),
        ("&lt;https://a.b&gt;", '&lt;<a href="https://a.b">https://a.b</a>&gt;'),
        ("<mailto:a@b.c>", '<a href="mailto:a@b.c">a@b.c</a>'),
        ("<javascript:alert(1)|click>", "click"),
        ("<javascript:alert(1)>", "&lt;javascript:alert(1)&gt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("&lt;!channel&gt; &amp;lt;", "&lt;!channel&gt; &amp;lt;"),
        ("<@U0JONAS>", '<span class="b-mention">@Jonas Weber</span>'),
        ("<@U0MARA>", '<span class="b-mention b-mention-mine">@Mara Lind</span>'),
        ("<@U0GONE|kim>", '<span class="b-mention">@kim</span>'),
        ("<#C0BILLING>", '<a class="b-mention" href="/as/U0MARA/C0BILLING">#team-billing</a>'),
        ("<#C0SECRET>", '<span class="b-mention">#private channel</span>'),
        ("<!channel>", '<span class="b-mention b-mention-mine">@channel</span>'),
        ("<!subteam^S1|@design>", '<span class="b-mention">@design</span>'),
        ("<!unheard_of|as said>", "as said"),
        ("<!date^soon^{date}|then>", "then"),
        ("10:30:45 :unheard_of:", "10:30:45 :unheard_of:"),
    ],
)  # fmt: skip
def test_markup(text: str, html: str) -> None:
    assert shown(text) == html


def test_emoji_are_said_aloud() -> None:
    assert mrkdwn_html(":wave::skin-tone-3:", READER) == (
        '<span class="b-emoji" role="img" aria-label="wave" title=":wave:">👋🏼</span>'
    )
    assert [
        read(mrkdwn_html(f":{name}:", READER)).text for name in ("+1", "flag-se", "large_green_circle")
    ] == [*("👍", "🇸🇪", "🟢")]


def test_verbatim_leaves_bare_addresses_alone() -> None:
    assert mrkdwn_html("*https://a.b* <https://c.d>", READER, verbatim=True) == (
        '<b>https://a.b</b> <a href="https://c.d" target="_blank" rel="noopener noreferrer">https://c.d</a>'
    )


@settings(max_examples=300)
@given(TEXTS)
@example("*a " * 3000)
@example("`<" * 3000)
@example("```" * 3000)
def test_whatever_is_written_stays_text(text: str) -> None:
    harmless(read(mrkdwn_html(text, READER)))
    harmless(read(plain_html(text)))


@settings(max_examples=200)
@given(TEXTS)
def test_whatever_is_written_in_markdown_stays_text(text: str) -> None:
    harmless(read(markdown_html(text)))


@given(st.text(st.characters(exclude_characters="*_~`<>&:\n\r\x00", exclude_categories=["Cs"])))
def test_text_without_markup_is_shown_as_it_is(text: str) -> None:
    assert mrkdwn_html(text, READER) == escape(text, quote=True).replace("&#x27;", "&#39;").replace(
        "&quot;", "&#34;"
    )


@given(st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), min_size=1))
def test_what_a_person_types_is_shown_letter_for_letter(text: str) -> None:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    block = {"type": "rich_text", "elements": [section]}
    assert read(str(rich_text_html(block, READER)).replace("<br>", "\n")).text == text
