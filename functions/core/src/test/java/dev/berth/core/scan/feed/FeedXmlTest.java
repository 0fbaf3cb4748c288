package dev.berth.core.scan.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedXmlTest {

  @Test
  void textIsReadWhole() {
    assertThat(texts("<r><a>one &amp; <b>two</b><!-- not --><![CDATA[ & three]]></a><a/></r>"))
        .containsExactly("one & two & three", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x\"><r><a>x</a></r>",
        "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><r><a>&e;</a></r>",
        "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><r><a>&b;</a></r>",
        "<r><a>&e;</a></r>",
        "<r><a>x</b></r>",
        "<r><a>x</a></r><r/>",
        "<s/>",
        ""
      })
  void whatIsNotWellFormedAndWithoutDocumentTypeIsRefused(String xml) {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> texts(xml))
        .withMessageContaining("line");
  }

  /** Streams without end: a reader that kept what comes would run out of memory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<r><a>", // a text
        "<r><a x='", // an attribute
        "<r><a ", // a name
        "<r><!--", // a comment
        "<r><![CDATA[", // characters
        "<" // the root's name
      })
  void whatHasNoEndIsRefused(String beginning) {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read(endless(beginning, "a"), new ArrayList<>()));
  }

  @Test
  void aTextInManyPiecesIsRefusedToo() {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> read(endless("<r><a>", "aaaaaaaa<!-- -->"), new ArrayList<>()))
        .withMessageContaining("too long");
  }

  @Test
  void elementsWithoutEndAreRefused() {
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> walk(endless("<r>", "<a>")))
        .withMessageContaining("deep");
    assertThatExceptionOfType(FeedException.class)
        .isThrownBy(() -> walk(endless("<r>", "<a/>")))
        .withMessageContaining("too much");
  }

  private static void walk(InputStream in) {
    FeedXml.read(in, "r", FeedXmlTest::walk);
  }

  private static void walk(FeedXml xml) {
    while (xml.nextChild()) {
      walk(xml);
    }
  }

  @Test
  void aLongDocumentOfManyRecordsIsRead() {
    String record = "<a>" + "x &amp;&#039; ".repeat(20) + "</a>";
    byte[] bytes = ("<r>" + record.repeat(200_000) + "</r>").getBytes(UTF_8);
    int[] records = new int[1];
    FeedXml.read(
        new ByteArrayInputStream(bytes),
        "r",
        xml -> {
          while (xml.nextChild()) {
            xml.beginRecord();
            xml.text();
            records[0]++;
          }
        });
    assertThat(records[0]).isEqualTo(200_000);
  }

  private static List<String> texts(String xml) {
    List<String> texts = new ArrayList<>();
    read(new ByteArrayInputStream(xml.getBytes(UTF_8)), texts);
    return texts;
  }

  private static void read(InputStream in, List<String> texts) {
    FeedXml.read(
        in,
        "r",
        xml -> {
          while (xml.nextChild()) {
            texts.add(xml.text());
          }
        });
  }

  private static InputStream endless(String beginning, String then) {
    byte[] first = beginning.getBytes(UTF_8);
    byte[] again = then.getBytes(UTF_8);
    return new InputStream() {
      private long at;

      @Override
      public int read() {
        byte next =
            at < first.length ? first[(int) at] : again[(int) ((at - first.length) % again.length)];
        at++;
        return next;
      }
    };
  }
}
