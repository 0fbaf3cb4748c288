package dev.berth.local.host;

import dev.berth.core.authz.Principal;
import dev.berth.core.sigv4.AccessKey;
import dev.berth.core.sigv4.KeyLookup;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The root access keys of the accounts, one each.
 *
 * @param byAccount account id to key
 */
public record RootKeys(Map<String, RootKey> byAccount) implements KeyLookup {

  public RootKeys {
    byAccount = Map.copyOf(byAccount);
  }

  @Override
  public Optional<AccessKey> find(String accessKeyId) {
    return byAccount.entrySet().stream()
        .filter(entry -> entry.getValue().accessKeyId().equals(accessKeyId))
        .map(entry -> accessKey(entry.getKey(), entry.getValue()))
        .findFirst();
  }

  private static AccessKey accessKey(String account, RootKey key) {
    return new AccessKey(
        key.accessKeyId(), key.secretAccessKey(), Principal.root(account, key.accessKeyId()));
  }

  /** An account's root key. */
  public record RootKey(String accessKeyId, String secretAccessKey) {

    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET_ALPHABET =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** A new one in the form of AWS's: 20 characters that begin with AKIA, and 40 of base64. */
    static RootKey random(SecureRandom random) {
      return new RootKey(
          "AKIA" + random(random, ID_ALPHABET, 16), random(random, SECRET_ALPHABET, 40));
    }

    private static String random(SecureRandom random, String alphabet, int length) {
      var text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      return text.toString();
    }

    @Override
    public String toString() {
      return "RootKey[" + accessKeyId + "]";
    }
  }

  /** These keys, and a new one for the account if it has none. */
  RootKeys withAccount(String account, SecureRandom random) {
    var keys = new TreeMap<>(byAccount);
    keys.computeIfAbsent(account, any -> RootKey.random(random));
    return new RootKeys(keys);
  }

  RootKeys with(String account, RootKey key) {
    var keys = new TreeMap<>(byAccount);
    keys.put(account, key);
    return new RootKeys(keys);
  }
}
