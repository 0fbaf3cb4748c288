package dev.berth.core.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class GlobTest {

  @Property
  void aGlobMatchesWhatItsRegularExpressionMatches(
      @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 10) String text) {
    String expression = pattern.replace("?", ".").replace("*", ".*");

    assertThat(Glob.of(pattern).matches(text)).isEqualTo(Pattern.matches(expression, text));
  }

  @Test
  void aTextOfItsOwnStarsMatches() {
    assertThat(Glob.of("a*").matches("a**")).isTrue();
    assertThat(Glob.of("").matches("")).isTrue();
    assertThat(Glob.of("").matches("a")).isFalse();
  }

  /** A regular expression would go back for longer than anyone waits. */
  @Test
  void tenThousandStarsAreNoWork() {
    Glob glob = Glob.of("*a".repeat(10_000) + "b");

    assertThat(glob.matches("a".repeat(20_000))).isFalse();
  }
}
