package dev.berth.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {

  @ParameterizedTest
  @ValueSource(strings = {"", ";", ";;", ";q=0", ",", "/", "a/", "/b", "a/b/c", "text;a/b"})
  void whatIsMalformedCountsAsAbsent(String header) {
    assertThat(Accept.of(Headers.of("Accept", header)).test("application/json")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {";, a/b", "a/b;", "a/b; q=1;", "a/*,;"})
  void whatIsMalformedHidesNothingElse(String header) {
    Accept accept = Accept.of(Headers.of("Accept", header));

    assertThat(accept.test("a/b")).isTrue();
    assertThat(accept.test("c/d")).isFalse();
  }
}
