package dev.berth.core.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestContextTest {

  private final List<String> asked = new ArrayList<>();
  private final RequestContext.Source source =
      key -> {
        asked.add(key);
        return key.equals("aws:b") ? List.of("1", "2") : List.of();
      };
  private final RequestContext context =
      RequestContext.builder().with("aws:A", "x").build().and(source);

  @Test
  void aSourceIsAskedForWhatIsNotKnownAndOnce() {
    assertThat(context.values("aws:a")).contains(List.of("x"));
    assertThat(asked).isEmpty();

    assertThat(context.values("AWS:B")).contains(List.of("1", "2"));
    assertThat(context.values("aws:b")).contains(List.of("1", "2"));
    assertThat(context.values("aws:c")).isEmpty();
    assertThat(context.values("aws:c")).isEmpty();
    assertThat(asked).containsExactly("aws:b", "aws:c");
  }

  @Test
  void whoComesFirstIsBelieved() {
    RequestContext more = context.and(key -> List.of("later"), key -> List.of("last"));

    assertThat(more.values("aws:a")).contains(List.of("x"));
    assertThat(more.values("aws:b")).contains(List.of("1", "2"));
    assertThat(more.values("aws:c")).contains(List.of("later"));
    assertThat(context.values("aws:c")).isEmpty();
  }

  @Test
  void whatASourceKnowsIsNotPrinted() {
    context.values("aws:b");

    assertThat(context).hasToString("{aws:a=[x]}");
  }
}
