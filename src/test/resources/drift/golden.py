"""Writes golden.json: what SciPy and NumPy answer for the cases of MeasuresGoldenTest.

Run: python3 golden.py > golden.json (written with SciPy 1.17.1, NumPy 2.4.6).
"""

import json
import warnings
from math import comb

import numpy as np
from scipy import stats
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr

warnings.simplefilter("ignore")


def spread(k, p, count, scale, shift):
    return [(i * k % p) / p * scale + shift for i in range(1, count + 1)]


def normal(k, p, count, scale, shift):
    return [float(stats.norm.ppf((i * k % p + 0.5) / p)) * scale + shift for i in range(1, count + 1)]


DATA = {
    "shifted": (spread(7919, 1009, 120, 1, 0), spread(104729, 997, 80, 1, 0.15)),
    "wider": (spread(7919, 1009, 300, 1, 0), spread(104729, 997, 200, 1.3, -0.1)),
    "same": (spread(7919, 1009, 200, 1, 0), spread(104729, 997, 150, 1, 0)),
    "normal": (normal(7919, 1009, 150, 1, 0), normal(104729, 997, 90, 1, 0.4)),
    "normal_scale": (normal(7919, 1009, 60, 2, 10), normal(104729, 997, 60, 3, 10)),
    "ties": ([0, 0, 0, 1, 1, 2, 2, 2, 3, 5], [0, 1, 1, 1, 2, 3, 3, 4, 5, 5, 5, 5]),
    "heavy_ties": ([i * 7 % 4 for i in range(80)], [i * 5 % 7 % 5 for i in range(55)]),
    "binary": ([0] * 60 + [1] * 40, [0] * 30 + [1] * 45),
    "outlier": (spread(7919, 1009, 50, 1, 0), spread(104729, 997, 39, 1, 0) + [1e6]),
    "tiny_1_1": ([1.0], [2.0]),
    "tiny_1_3": ([1.0], [2.0, 3.0, 4.0]),
    "tiny_2_2": ([1.0, 3.0], [2.0, 4.0]),
    "tiny_3_5": ([0.1, 0.5, 0.9], [0.3, 0.4, 1.1, 1.2, 1.3]),
    "tiny_5_6": ([0.1, 0.5, 0.9, 1.0, 1.7], [0.3, 0.4, 1.1, 1.2, 1.3, 2.2]),
    "tiny_8_8": (spread(7919, 101, 8, 1, 0), spread(104729, 103, 8, 1, 0.3)),
    "tiny_8_40": (spread(7919, 101, 8, 1, 0), spread(104729, 103, 40, 1, 0.3)),
    "small_20_17": (spread(7919, 101, 20, 1, 0), spread(104729, 103, 17, 1.4, 0.1)),
    "small_ties": ([1, 2, 2, 3, 3, 3, 4, 9], [2, 3, 4, 4, 5, 5, 6]),
    "scholz": (
        [38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0],
        [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8],
    ),
    "constants_equal": ([7.0] * 30, [7.0] * 20),
    "constants_differ": ([7.0] * 30, [8.0] * 20),
    "constant_spread": ([7.0] * 30, spread(7919, 1009, 25, 4, 5)),
    "spread_constant": (spread(7919, 1009, 25, 4, 5), [7.0] * 30),
    "unequal": (spread(7919, 10007, 3000, 1, 0), spread(104729, 9973, 60, 1, 0.08)),
    "large": (spread(7919, 20011, 12000, 1, 0), spread(104729, 20021, 11000, 1, 0.012)),
}

TABLES = {
    "three": ([60, 40, 20], [50, 30, 40]),
    "four": ([130, 80, 44, 26], [90, 85, 70, 15]),
    "unseen": ([60, 40, 0], [50, 30, 20]),
    "lost": ([60, 30, 10], [50, 30, 0]),
    "two": ([60, 40], [30, 45]),
    "two_small": ([8, 2], [1, 5]),
    "two_empty": ([5, 0], [3, 4]),
    "many": ([500, 300, 150, 30, 20, 9, 3], [260, 140, 60, 22, 18, 2, 6]),
    "equal": ([10, 20, 30], [10, 20, 30]),
    "crowds": ([120000, 80000, 3000], [11900, 8200, 310]),
}


def finite(x):
    x = float(x)
    return x if np.isfinite(x) else str(x)


CASES = []


def case(method, parameters, data, statistic, p=None):
    entry = {"method": method, "parameters": parameters, "data": data, "statistic": finite(statistic)}
    if p is not None:
        entry["p"] = finite(p)
    CASES.append(entry)


def numeric(name, a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    n, m = len(a), len(b)
    constant = len(set(a) | set(b)) == 1
    for mode in ("auto", "asymp"):
        r = stats.ks_2samp(a, b, method=mode)
        if not np.isfinite(r.pvalue):
            continue
        key = {"auto": "auto", "asymp": "asymptotic"}[mode]
        case("kolmogorov_smirnov", {"p_value": key}, name, r.statistic, r.pvalue)
    d = stats.ks_2samp(a, b).statistic
    case("kolmogorov_smirnov", {"p_value": "limiting"}, name, d,
         stats.kstwobign.sf(d * np.sqrt(n * m / (n + m))))
    for alternative in ("two-sided", "less", "greater"):
        r = stats.mannwhitneyu(a, b, alternative=alternative)
        case("mann_whitney", {"alternative": alternative.replace("-", "_")}, name, r.statistic, r.pvalue)
    if not constant:
        r = stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=False)
        case("mann_whitney", {"p_value": "asymptotic", "continuity": "false"}, name, r.statistic, r.pvalue)
    if n > 1 and m > 1 and (np.std(a) > 0 or np.std(b) > 0):
        for form, equal in (("welch", False), ("student", True)):
            for alternative in ("two-sided", "less", "greater"):
                r = stats.ttest_ind(a, b, equal_var=equal, alternative=alternative)
                case("t_test", {"form": form, "alternative": alternative.replace("-", "_")}, name,
                     r.statistic, r.pvalue)
    kuiper(name, a, b)
    if n + m >= 4 and not constant:
        r = stats.anderson_ksamp([a, b], variant="midrank")
        case("anderson_darling", {}, name, r.statistic, r.pvalue)
    if n > 1 and m > 1:
        r = stats.cramervonmises_2samp(a, b)
        case("cramer_von_mises", {}, name, r.statistic, r.pvalue)
        r = stats.cramervonmises_2samp(a, b, method="asymptotic")
        case("cramer_von_mises", {"p_value": "asymptotic"}, name, r.statistic, r.pvalue)
    if n >= 5 and m >= 5 and stats.iqr(np.concatenate([a, b])) > 0 and np.std(a) + np.std(b) > 0:
        r = stats.epps_singleton_2samp(a, b)
        case("epps_singleton", {}, name, r.statistic, r.pvalue)
    case("energy_distance", {}, name, stats.energy_distance(a, b))
    w = stats.wasserstein_distance(a, b)
    case("wasserstein", {"scale": "none"}, name, w)
    case("wasserstein", {"scale": "sd"}, name, w / np.std(a) if np.std(a) > 0 else w)
    case("wasserstein", {"scale": "iqr"}, name, w / stats.iqr(a) if stats.iqr(a) > 0 else w)
    case("wasserstein", {"scale": "sd_at_least"}, name, w / max(np.std(a), 0.001))
    if n >= 5 and m >= 5:
        case("wasserstein", {"scale": "trimmed_range"}, name, trimmed(a, b))
    if 2 <= n <= 12 and 2 <= m <= 12 and not constant:
        case("baumgartner_weiss_schindler", {}, name, *bws(a, b))
    binned(name, a, b)
    if 1 < n and 1 < m and n + m < 400:
        case("maximum_mean_discrepancy", {"sigma": "1", "permutations": "0"}, name, mmd(a, b, 2.0))
        s = median_square(np.concatenate([a, b]))
        if s > 0:
            case("maximum_mean_discrepancy", {"permutations": "0"}, name, mmd(a, b, s))


def kuiper(name, a, b):
    z = np.unique(np.concatenate([a, b]))
    f = np.searchsorted(np.sort(a), z, "right") / len(a) - np.searchsorted(np.sort(b), z, "right") / len(b)
    v = max(f.max(), 0) + max(-f.min(), 0)
    size = np.sqrt(len(a) * len(b) / (len(a) + len(b)))
    level = (size + 0.155 + 0.24 / size) * v
    j = np.arange(1, 101) ** 2 * level**2
    p = 1.0 if level < 0.4 else np.clip((2 * (4 * j - 1) * np.exp(-2 * j)).sum(), 0, 1)
    case("kuiper", {}, name, v, p)


def trimmed(a, b):
    def cut(x):
        low, high = np.quantile(x, [0.025, 0.975])
        return x[(x >= low) & (x <= high)]
    a, b = cut(a), cut(b)
    low, high = min(a.min(), b.min()), max(a.max(), b.max())
    if low == high:
        return 0.0
    return stats.wasserstein_distance((a - low) / (high - low), (b - low) / (high - low))


def bws(a, b):
    r = stats.bws_test(a, b, method=stats.PermutationMethod(n_resamples=9999))
    if comb(len(a) + len(b), len(a)) > 9999:
        return (r.statistic,)
    return r.statistic, r.pvalue


def median_square(x):
    d = np.sort(((x[:, None] - x[None, :]) ** 2).ravel())
    n = len(x)
    return d[n + (n * n - n) // 2 - 1]


def mmd(a, b, twice):
    def kernel(x, y):
        return np.exp(-((x[:, None] - y[None, :]) ** 2) / twice)
    n, m = len(a), len(b)
    return ((kernel(a, a).sum() - n) / (n * (n - 1)) + (kernel(b, b).sum() - m) / (m * (m - 1))
            - 2 * kernel(a, b).mean())


def binned(name, a, b):
    edges = np.unique(np.quantile(a, [k / 10 for k in range(1, 10)]))
    count = lambda v: np.bincount(np.searchsorted(edges, v), minlength=len(edges) + 1)
    x, y = count(a), count(b)
    keep = (x + y) > 0
    distances("", {}, name, x[keep] / len(a), y[keep] / len(b))
    few = len(set(a)) <= 20
    if not few:
        edges = np.histogram_bin_edges(np.concatenate([a, b]), "sturges")
        p, q = np.histogram(a, edges)[0] / len(a), np.histogram(b, edges)[0] / len(b)
    else:
        keys = sorted(set(a) | set(b))
        p = np.array([np.mean(a == k) for k in keys])
        q = np.array([np.mean(b == k) for k in keys])
    evidently(name, p, q)
    edges = np.histogram_bin_edges(sorted(set(a) | set(b)), "sturges")
    h = np.histogram(a, edges)[0] / len(a), np.histogram(b, edges)[0] / len(b)
    case("hellinger", {"variant": "evidently"}, name, np.sqrt(1 - np.clip(np.sqrt(h[0] * h[1]).sum(), 0, 1)))
    nannyml(name, a, b)
    frouros(name, a, b)


def distances(prefix, parameters, name, p, q):
    fp, fq = np.maximum(p, 1e-4), np.maximum(q, 1e-4)
    case("psi", parameters, name, ((fp - fq) * np.log(fp / fq)).sum())
    case("kullback_leibler", parameters, name, (fp * np.log(fp / fq)).sum())
    case("jensen_shannon", parameters, name, jensenshannon(p, q, base=2))
    case("jensen_shannon", {**parameters, "base": "e"}, name, jensenshannon(p, q))
    bc = np.sqrt(p * q).sum()
    case("hellinger", parameters, name, np.sqrt(1 - min(bc, 1)))
    if bc > 0:
        case("bhattacharyya", parameters, name, -np.log(min(bc, 1)) + 0.0)
    case("total_variation", parameters, name, 0.5 * abs(p - q).sum())
    case("l_infinity", parameters, name, abs(p - q).max())


def evidently(name, p, q):
    case("jensen_shannon", {"variant": "evidently"}, name, jensenshannon(p, q))
    def filled(x):
        x = x.copy()
        least = x[x != 0].min()
        x[x == 0] = least / 1e6 if least <= 1e-4 else 1e-4
        return x
    p, q = filled(p), filled(q)
    case("psi", {"variant": "evidently"}, name, ((p - q) * np.log(p / q)).sum())
    case("kullback_leibler", {"variant": "evidently"}, name, stats.entropy(p, q))


def nannyml(name, a, b):
    distinct = len(np.unique(a))
    if distinct > 50 or distinct / len(a) > 0.1:
        edges = np.histogram_bin_edges(a, "doane")
        p, q = np.histogram(a, edges)[0] / len(a), np.histogram(b, edges)[0] / len(b)
    else:
        keys = np.unique(a)
        p = np.array([np.mean(a == k) for k in keys])
        q = np.array([np.mean(b == k) for k in keys])
    left = max(0.0, 1 - q.sum())
    if left < 1e-12:
        left = 0.0
    p, q = np.append(p, 0), np.append(q, left)
    case("jensen_shannon", {"variant": "nannyml"}, name, jensenshannon(p, q, base=2))
    case("hellinger", {"variant": "nannyml"}, name, np.sqrt(((np.sqrt(p) - np.sqrt(q)) ** 2).sum() / 2))


def frouros(name, a, b):
    low, high = min(a.min(), b.min()), max(a.max(), b.max())
    if low == high:
        return
    places = np.linspace(low, high, 10)
    x = np.diff(stats.rv_histogram(np.histogram(a, classic(a))).cdf(places))
    y = np.diff(stats.rv_histogram(np.histogram(b, classic(b))).cdf(places))
    case("jensen_shannon", {"variant": "frouros"}, name, jensenshannon(x, y))
    case("kullback_leibler", {"variant": "frouros"}, name, rel_entr(y, x).sum())
    edges = np.linspace(low, high, 11)
    p, q = np.histogram(a, edges)[0] / len(a), np.histogram(b, edges)[0] / len(b)
    case("hellinger", {"variant": "frouros"}, name, np.sqrt(((np.sqrt(p) - np.sqrt(q)) ** 2).sum() / 2))
    case("total_variation", {"variant": "frouros"}, name, 1 - np.minimum(p, q).sum())
    tiny = np.finfo(float).tiny
    fp, fq = np.where(p == 0, tiny, p), np.where(q == 0, tiny, q)
    case("psi", {"variant": "frouros"}, name, ((fq - fp) * np.log(fq / fp)).sum())


def classic(x):
    """numpy's "auto" edges before NumPy 2.3."""
    fd = 2 * stats.iqr(x) / len(x) ** (1 / 3)
    sturges = np.ptp(x) / (np.log2(len(x)) + 1)
    width = min(fd, sturges) if fd else sturges
    bins = int(np.ceil(np.ptp(x) / width)) if width else 1
    return np.histogram_bin_edges(x, bins)


def table(name, x, y):
    x, y = np.array(x, dtype=float), np.array(y, dtype=float)
    observed = np.array([x, y])
    if (x + y > 0).all():
        for correction in (True, False):
            r = stats.chi2_contingency(observed, correction=correction)
            case("chi_square", {"pool_below": "0", "correction": str(correction).lower()}, name,
                 r.statistic, r.pvalue)
            r = stats.chi2_contingency(observed, correction=correction, lambda_="log-likelihood")
            case("g_test", {"pool_below": "0", "correction": str(correction).lower()}, name,
                 r.statistic, r.pvalue)
    pooled = pool(x, y)
    if pooled.shape[1] > 1:
        r = stats.chi2_contingency(pooled)
        case("chi_square", {}, name, r.statistic, r.pvalue)
    expected = x * y.sum() / x.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        s = np.nansum((y - expected) ** 2 / expected)
        case("chi_square", {"form": "goodness_of_fit"}, name, s, stats.chi2.sf(s, len(x) - 1))
        g = 2 * np.sum(np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / expected), 0))
    case("g_test", {"form": "goodness_of_fit"}, name, g, stats.chi2.sf(max(g, 0), len(x) - 1))
    case("cramers_v", {}, name, cramers_v(x, y, True))
    case("cramers_v", {"balance": "false"}, name, cramers_v(x, y, False))
    distances("", {}, name, x / x.sum(), y / y.sum())
    if len(x) == 2:
        for alternative in ("two-sided", "less", "greater"):
            tab = [[x[1], x[0]], [y[1], y[0]]]
            r = stats.fisher_exact(np.array(tab, dtype=int), alternative=alternative)
            key = {"alternative": alternative.replace("-", "_")}
            case("fisher_exact", key, name, r.statistic, r.pvalue)
            p1, p2, n, m = x[1] / x.sum(), y[1] / y.sum(), x.sum(), y.sum()
            both = (x[1] + y[1]) / (n + m)
            z = (p1 - p2) / np.sqrt(both * (1 - both) * (1 / n + 1 / m))
            p = {"two-sided": 2 * stats.norm.sf(abs(z)), "less": stats.norm.cdf(z),
                 "greater": stats.norm.sf(z)}[alternative]
            case("z_proportions", key, name, z, p)


def pool(x, y):
    n, m = x.sum(), y.sum()
    small = (x + y) * min(n, m) / (n + m) < 5
    columns = [[x[small].sum(), y[small].sum()]] if small.any() else []
    columns += [[a, b] for a, b, s in zip(x, y, small) if not s]
    return np.array(columns).T


def cramers_v(x, y, balance):
    if balance:
        least = min(x.sum(), y.sum())
        x, y = x * least / x.sum(), y * least / y.sum()
    observed = np.array([x, y])
    rows, k = observed.sum(), observed.shape[1]
    phi = stats.chi2_contingency(observed).statistic / rows
    phi = max(0, phi - (k - 1) / (rows - 1))
    columns, samples = k - (k - 1) ** 2 / (rows - 1), 2 - 1 / (rows - 1)
    return np.sqrt(phi / min(columns - 1, samples - 1))


def edges():
    out = []
    values = {
        "spread": spread(7919, 1009, 137, 1, 0),
        "skewed": [v * v * v for v in spread(7919, 1009, 200, 3, 0)],
        "constant": [4.0] * 9,
        "one": [2.5],
        "two": [1.0, 2.0],
        "outlier": spread(7919, 1009, 50, 1, 0) + [30.0],
        "ties": [0.0] * 40 + [1.0] * 3 + [2.0],
    }
    for name, v in values.items():
        for rule in ("sturges", "doane", "scott", "fd", "rice", "sqrt", "auto"):
            out.append({"rule": rule, "values": v, "edges": [float(e) for e in np.histogram_bin_edges(v, rule)]})
    return out


if __name__ == "__main__":
    for key, (a, b) in DATA.items():
        numeric(key, a, b)
    for key, (x, y) in TABLES.items():
        table(key, x, y)
    print(json.dumps({
        "data": {k: {"reference": list(map(float, a)), "current": list(map(float, b))}
                 for k, (a, b) in DATA.items() if len(a) < 5000},
        "tables": {k: {"reference": x, "current": y} for k, (x, y) in TABLES.items()},
        "cases": CASES,
        "edges": edges(),
    }, indent=None, separators=(",", ":")))
