package dev.berth.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.store.Objects.Method;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every adapter of {@link Objects} does: its Javadoc, as tests. Here the signed links; the
 * classes above it hold the rest.
 */
public abstract class ObjectsContract extends ListingContract {

  @ParameterizedTest
  @EnumSource(Method.class)
  void aLinkIsGoodForItsMethodAlone(Method method) throws Exception {
    byte[] bytes = bytes(100);
    URI link = objects().signedLink(put(bytes), method, MINUTE);
    for (Method used : Method.values()) {
      var response = Links.fetch(used.name(), link);
      assertThat(response.statusCode()).isEqualTo(used == method ? 200 : 403);
    }
    assertThat(Links.fetch("PUT", link).statusCode()).isEqualTo(403);
  }

  @Test
  void aLinkReadsTheObject() throws Exception {
    byte[] bytes = bytes(100);
    String key = put(bytes);
    var got = Links.fetch("GET", objects().signedLink(key, Method.GET, MINUTE));
    assertThat(got.body()).isEqualTo(bytes);
    var head = Links.fetch("HEAD", objects().signedLink(key, Method.HEAD, MINUTE));
    assertThat(head.headers().firstValueAsLong("content-length")).hasValue(100);
  }

  @Test
  void aTamperedLinkIsRefused() throws Exception {
    String key = put(bytes(100));
    String other = put(bytes(100));
    String link = objects().signedLink(key, Method.GET, MINUTE).toString();
    for (String tampered : Links.tampered(link, key, other)) {
      assertThat(Links.fetch("GET", URI.create(tampered)).statusCode()).as(tampered).isEqualTo(403);
    }
  }

  @Test
  void aLinkIsGoodUntilItExpires() throws Exception {
    String key = put(bytes(100));
    Instant before = Instant.now().minusSeconds(100);
    URI good = linkSignedAt(before, key, Method.GET, Duration.ofSeconds(1000));
    assertThat(Links.fetch("GET", good).statusCode()).isEqualTo(200);
    URI expired = linkSignedAt(before, key, Method.GET, Duration.ofSeconds(90));
    assertThat(Links.fetch("GET", expired).statusCode()).isEqualTo(403);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> objects().signedLink(key, Method.GET, Duration.ZERO));
  }
}
