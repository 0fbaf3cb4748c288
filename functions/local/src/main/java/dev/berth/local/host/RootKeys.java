package dev.berth.local.host;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The root access keys of the accounts, one each.
 *
 * @param byAccount account id to key, in the order in which the accounts were added
 */
public record RootKeys(Map<String, RootKey> byAccount) {

  public RootKeys {
    byAccount = Collections.unmodifiableMap(new LinkedHashMap<>(byAccount));
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

  /** In the order in which they were added. */
  public List<String> accounts() {
    return List.copyOf(byAccount.keySet());
  }

  boolean has(String account) {
    return byAccount.containsKey(account);
  }

  /** These keys, and a new one for the account if it has none. */
  RootKeys withAccount(String account, SecureRandom random) {
    return has(account) ? this : with(account, RootKey.random(random));
  }

  RootKeys with(String account, RootKey key) {
    var keys = new LinkedHashMap<>(byAccount);
    keys.put(account, key);
    return new RootKeys(keys);
  }
}
