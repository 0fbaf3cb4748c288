package dev.berth.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WildcardsTest {

  @Property
  void wildcardsMatchAsTheirRegularExpressionDoes(
      @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String text) {
    String regex =
        pattern
            .chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : String.valueOf((char) c))
            .collect(Collectors.joining());

    assertThat(Wildcards.matches(pattern, text)).isEqualTo(Pattern.matches(regex, text));
  }

  /** Which a backtracking matcher would not see the end of. */
  @Test
  void manyWildcardsCostLittle() {
    assertThat(Wildcards.matches("*a".repeat(2000) + "b", "a".repeat(4000))).isFalse();
  }
}
