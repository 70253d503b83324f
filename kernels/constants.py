"""Constants that several kernel files need, some of them in two parts."""

LOG2_E = 1.4426950408889634
LOG2_10 = 3.321928094887362
LN2 = 0.6931471805599453
LN10 = 2.302585092994046
# ln 2 and log10(2) in two parts; the first has 42 bits, so that its product with an exponent is exact
LN2_HI = 0.6931471805598903
LN2_LO = 5.497923018708371e-14
LOG10_2_HI = 0.30102999566395283
LOG10_2_LO = 2.8363394551044964e-14
# ln 2 and ln 10 in two parts; the first has 31 bits
LN2_31 = 0.6931471801362932
LN2_31_REST = 4.236521365809284e-10
LN10_31 = 2.3025850914418697
LN10_31_REST = 1.552175948300218e-09
