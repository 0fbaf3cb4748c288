package dev.berth.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {

  private static boolean accepts(String... values) {
    Headers headers = Headers.none();
    for (String value : values) {
      headers = headers.with("Accept", value);
    }
    return Accept.of(headers).test("application/a+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/a+json",
        "APPLICATION/A+JSON",
        "application/*",
        "*/*",
        "text/html, application/a+json;q=0.001",
        "application/a+json ; charset=utf-8 ; q=1.0",
        "*/*;q=0, application/a+json",
        "application/*;q=0,application/a+json",
        "nonsense",
        "",
        ",",
        "/,a/,/b;q=0",
        ";",
        ";;q=0"
      })
  void aTypeIsAcceptedByItsNameARangeOrForWantOfAny(String value) {
    assertThat(accepts(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/a",
        "text/*",
        "application/a+json;q=0",
        "application/a+json; Q = 0.000",
        "*/*, application/a+json;q=0",
        "*/*, application/*;q=0"
      })
  void aTypeIsNotAcceptedThatNothingNamesOrTheBestNameExcludes(String value) {
    assertThat(accepts(value)).isFalse();
  }

  @Test
  void severalHeadersAreOne() {
    assertThat(accepts("text/html", "application/a+json")).isTrue();
    assertThat(accepts("*/*", "application/a+json;q=0")).isFalse();
    assertThat(accepts()).isTrue();
  }
}
