package dev.berth.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TagPatternTest {

  @Test
  void aPatternWithoutWildcardsIsTheWholeTag() {
    assertThat(TagPattern.wildcards("prod").matches("prod")).isTrue();
    assertThat(TagPattern.wildcards("prod").matches("prod-1")).isFalse();
  }

  @Test
  void thePartsOfAPatternDoNotOverlap() {
    assertThat(TagPattern.wildcards("ab*ba").matches("aba")).isFalse();
    assertThat(TagPattern.wildcards("a*b*b").matches("ab")).isFalse();
  }

  @Test
  void aPrefixHasNoWildcards() {
    assertThat(TagPattern.prefix("prod").matches("production")).isTrue();
    assertThat(TagPattern.prefix("prod*").matches("production")).isFalse();
  }

  @Property
  void aPatternMatchesWhatItsRegularExpressionDoes(
      @ForAll("fewLetters") String tag, @ForAll("fewLettersAndWildcards") String pattern) {
    var expression = Pattern.compile(pattern.replace("*", ".*"));
    assertThat(TagPattern.wildcards(pattern).matches(tag))
        .isEqualTo(expression.matcher(tag).matches());
  }

  @Provide
  Arbitrary<String> fewLetters() {
    return Arbitraries.strings().withChars("ab").ofMaxLength(8);
  }

  @Provide
  Arbitrary<String> fewLettersAndWildcards() {
    return Arbitraries.strings().withChars("ab*").ofMinLength(1).ofMaxLength(6);
  }
}
